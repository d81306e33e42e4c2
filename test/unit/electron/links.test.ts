import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashOfLink, linkOfHash } from '#electron/links.ts'
import { readOptions } from '#electron/options.ts'

it.each([
  ['patchbay://event/12', '#/events/12'],
  ['patchbay://event/12/', '#/events/12'],
  ['PATCHBAY://Event/12', '#/events/12'],
  ['patchbay://alert/3', '#/alerts/3'],
  ['patchbay://record/salesforce/Account/001xx000003DGb2', '#/records/salesforce/Account/001xx000003DGb2'],
  ['patchbay://record/connectwise/company/17', '#/records/connectwise/company/17'],
  ['patchbay://event/0', null],
  ['patchbay://event/12?replay=1', null],
  ['patchbay://event/12#/settings', null],
  ['patchbay://record/salesforce/Account/../../settings', null],
  ['patchbay://record/dynamics/Account/1', null],
  ['patchbay://replay/12', null],
  ['patchbay://settings/backups', null],
  ['https://event/12', null],
  ['', null],
])('%s leads to %s', (link, hash) => {
  expect(hashOfLink(link)).toBe(hash)
})

it('an alert has a link that leads to it, and no other place has one', () => {
  expect(hashOfLink(linkOfHash('#/alerts/12') ?? '')).toBe('#/alerts/12')
  expect(['#/alerts', '#/settings', '#/alerts/12?x=1'].map(linkOfHash)).toEqual([null, null, null])
})

it('leads to nothing but an event, a record or an alert, whatever is written', () => {
  const pieces = fc.constantFrom(
    'event',
    'record',
    'alert',
    'settings',
    '/',
    '..',
    '%2f',
    '#',
    '?',
    '1',
    'salesforce',
    'x',
    '\\',
    '//',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const hash = hashOfLink(`patchbay://${parts.join('')}`)
      expect(hash === null || /^#\/(events|alerts)\/\d+$|^#\/records\/\w+\/\w+\/\w+$/.test(hash)).toBe(true)
    }),
  )
})

it('what stands in a link is no switch, and switches that are not ours are left alone', () => {
  const read = (...words: string[]) => readOptions(['patchbay', ...words], { XDG_DATA_HOME: '/data' }, 'linux')
  const usual = { sandbox: false, hidden: false, dataFolder: '/data/patchbay', receiverPort: 7420, hash: null }
  expect(read()).toEqual(usual)
  expect(read('--enable-logging', '--allow-file-access-from-files', '.')).toEqual(usual)
  expect(read('--', 'patchbay://event/12', '--sandbox')).toEqual({ ...usual, hash: '#/events/12' })
  expect(
    read('--hidden', '--sandbox', '--data-dir', '/elsewhere', '--receiver-port', '0', '--screen=failures'),
  ).toEqual({
    sandbox: true,
    hidden: true,
    dataFolder: '/elsewhere',
    receiverPort: 0,
    hash: '#/failures',
  })
  expect(read('--receiver-port', '70000', '--screen=nowhere')).toEqual(usual)
})
