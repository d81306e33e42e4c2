import { Button } from '@mantine/core'
import { useState } from 'react'
import { askToastPermission, toastPermission, type ToastPermission } from '#renderer/state/show-toast.ts'
import styles from './toast-permission.module.css'

const words: Record<ToastPermission, string> = {
  granted: 'While this page is not in sight, the browser shows messages on the desktop.',
  default: 'Messages are shown in the console. While it is not in sight, the browser may show them on the desktop.',
  denied:
    'Messages are shown in the console only: this browser was told not to show any. Allow notifications for this page in the browser’s settings to change that.',
  none: 'Messages are shown in the console.',
}

/** Whether messages reach the desktop, and the button that asks the browser for it. */
export function ToastPermissionLine() {
  const [permission, setPermission] = useState(toastPermission)
  return (
    <p className={styles.line}>
      <span>{words[permission]}</span>
      {permission === 'default' && (
        <Button size="compact-xs" variant="default" onClick={() => void askToastPermission().then(setPermission)}>
          Allow on the desktop
        </Button>
      )}
    </p>
  )
}
