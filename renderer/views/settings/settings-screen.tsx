import type { ComponentType } from 'react'
import { Page } from '#renderer/parts/page.tsx'
import { addressOf, type Place } from '#renderer/state/place.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { AboutSection } from './about-section.tsx'
import { AuditSection } from './audit-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { DisplaySection } from './display-section.tsx'
import { StorageSection } from './storage-section.tsx'
import { SupportSection } from './support-section.tsx'
import styles from './settings-screen.module.css'

/** What every section is given: the words of the address that are its own. */
export interface SectionProps {
  readonly query: Place['query']
}

const sections: readonly {
  readonly path: string
  readonly label: string
  readonly View: ComponentType<SectionProps>
}[] = [
  { path: 'storage', label: 'Storage', View: StorageSection },
  { path: 'backups', label: 'Backups', View: BackupsSection },
  { path: 'display', label: 'Time and theme', View: DisplaySection },
  { path: 'support', label: 'Support', View: SupportSection },
  { path: 'audit', label: 'Audit log', View: AuditSection },
  { path: 'about', label: 'About', View: AboutSection },
]

/** Sections side by side with their list: `#/settings/backups`. */
export function SettingsScreen({ place: { path, query } }: ScreenProps) {
  const section = sections.find((one) => one.path === path[0]) ?? sections[0]
  if (section === undefined) return null
  return (
    <Page title="Settings" lead="How Patchbay keeps, shows and tells what it does." width="fill">
      <div className={styles.body}>
        <nav className={styles.list} aria-label="Settings">
          {sections.map(({ label, path: to }) => (
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
