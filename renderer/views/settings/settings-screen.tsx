import type { ComponentType } from 'react'
import { Page } from '#renderer/parts/page.tsx'
import { findShell } from '#renderer/client/shell.ts'
import { addressOf, type Place } from '#renderer/state/place.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { AboutSection } from './about-section.tsx'
import { AuditSection } from './audit-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { ComputerSection } from './computer-section.tsx'
import { DisplaySection } from './display-section.tsx'
import { RecoverySection } from './recovery-section.tsx'
import { StorageSection } from './storage-section.tsx'
import { SupportSection } from './support-section.tsx'
import { UpdatesSection } from './updates-section.tsx'
import styles from './settings-screen.module.css'

/** What every section is given: the words of the address that are its own. */
export interface SectionProps {
  readonly query: Place['query']
}

const sections: readonly {
  readonly path: string
  readonly label: string
  readonly View: ComponentType<SectionProps>
  /** Only the desktop app can do what is set here. */
  readonly needsShell?: true
}[] = [
  { path: 'storage', label: 'Storage', View: StorageSection },
  { path: 'backups', label: 'Backups', View: BackupsSection },
  { path: 'recovery', label: 'Recovery', View: RecoverySection },
  { path: 'display', label: 'Time and theme', View: DisplaySection },
  { path: 'computer', label: 'This computer', View: ComputerSection, needsShell: true },
  { path: 'updates', label: 'Updates', View: UpdatesSection, needsShell: true },
  { path: 'support', label: 'Support', View: SupportSection },
  { path: 'audit', label: 'Audit log', View: AuditSection },
  { path: 'about', label: 'About', View: AboutSection },
]

/** Sections side by side with their list: `#/settings/backups`. */
export function SettingsScreen({ place: { path, query } }: ScreenProps) {
  const offered = sections.filter(({ needsShell }) => needsShell !== true || findShell() !== null)
  const section = offered.find((one) => one.path === path[0]) ?? offered[0]
  if (section === undefined) return null
  return (
    <Page title="Settings" lead="How Patchbay keeps, shows and tells what it does." width="fill">
      <div className={styles.body}>
        <nav className={styles.list} aria-label="Settings">
          {offered.map(({ label, path: to }) => (
            <a
              key={to}
              className={styles.entry}
              href={addressOf('settings', [to])}
              aria-current={to === section.path && 'page'}
            >
              {label}
            </a>
          ))}
        </nav>
        <div className={styles.section}>
          <section.View query={query} />
        </div>
      </div>
    </Page>
  )
}
