/** Line icons on a 24 grid, drawn for Patchbay. */
const shapes = {
  live: 'M3 12h4l3-8 4 16 3-8h4',
  failures: 'M12 8v5m0 3.5v.01M10.3 4 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0z',
  connections: 'M9 7V3m6 4V3M7 7h10v4a5 5 0 0 1-10 0zm5 9v5',
  good: 'M5 12.5 10 17.5 19 7.5',
  busy: 'M12 3a9 9 0 1 0 9 9',
  wait: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  bad: 'M7 7l10 10M17 7 7 17',
  quiet: 'M6 12h12',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  search: 'M20 20l-4.5-4.5M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0z',
  close: 'M6 6l12 12M18 6 6 18',
  open: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  up: 'M12 19V5m-6 6 6-6 6 6',
  down: 'M6 9l6 6 6-6',
  replay: 'M4 12a8 8 0 1 1 2.5 5.8M4 20v-5h5',
  sun: 'M12 4V2m0 20v-2M4 12H2m20 0h-2M6.3 6.3 4.9 4.9m14.2 14.2-1.4-1.4m0-11.4 1.4-1.4M4.9 19.1l1.4-1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  screen: 'M3 5h18v11H3zm5 15h8m-4-4v4',
  away: 'M14 4h6v6m0-6-9 9M10 5H4v15h15v-6',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  plus: 'M12 5v14M5 12h14',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zm0 0 8 4 8-4m-8 4v8',
  arrow: 'M4 12h16m-6-6 6 6-6 6',
  inbox: 'M4 13 7 5h10l3 8v6H4zm0 0h5l1 2h4l1-2h5',
  shield: 'M12 3l8 3v6c0 4.5-3.4 7.7-8 9-4.6-1.3-8-4.5-8-9V6z',
  overview: 'M4 4h7v9H4zm9 0h7v5h-7zM4 15h7v5H4zm9-4h7v9h-7z',
  records:
    'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zm4 4h4',
  mappings: 'M4 6h5l6 12h5M4 18h5l2-4m2-4 2-4h5m-3-3 3 3-3 3m0 6 3 3-3 3',
  routes: 'M6 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 4v12M6 14h7a5 5 0 0 0 5-5V6m-3 2 3-3 3 3',
  settings:
    'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zm-6 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  play: 'M8 5v14l11-7z',
  stop: 'M7 7h10v10H7z',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M9 7V4h6v3m-8 0 1 13h8l1-13',
  undo: 'M9 8H15a5 5 0 0 1 0 10H8M9 8l3-4M9 8l3 4',
  save: 'M12 4v11m-5-5 5 5 5-5M4 20h16',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  key: 'M14 10a4 4 0 1 0-3.5 4L12 12.5l2 2 2-2 2 2 3-3-3-3z',
  pause: 'M9 5v14M15 5v14',
} as const

export type IconName = keyof typeof shapes

/** An icon of the set; it carries no meaning alone, so screen readers skip it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path d={shapes[name]} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
