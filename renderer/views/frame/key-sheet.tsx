import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { keyGroups } from './keys.ts'
import styles from './key-sheet.module.css'

/** All keys on one sheet. */
export function KeySheet() {
  const close = useConsole((state) => state.palette.close)
  return (
    <Modal opened onClose={close} title="Keys" size={1120} centered transitionProps={{ duration: 0 }}>
      <div className={styles.sheet}>
        {keyGroups.map(({ title, keys }) => (
          <section key={title} className={styles.group} aria-label={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.list}>
              {keys.map((entry) => (
                <Fragment key={entry.does}>
                  <dt>
                    {entry.keys.map((key) => (
                      <kbd key={key} className={styles.key}>
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{entry.does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
