const storageKey = 'patchbay.token'

/**
 * The token this page was opened with, from the address (`#token=...`) or, after a reload, from the tab's own storage.
 *
 * It is taken out of the address bar at once, so that it does not get into the history, a bookmark or a screenshot. The
 * tab's storage ends with the tab and can't be read by other sites.
 */
export function takeToken(page: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string | null {
  const given = new URLSearchParams(page.location.hash.slice(1)).get('token')
  if (given === null) return page.sessionStorage.getItem(storageKey)
  page.sessionStorage.setItem(storageKey, given)
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search)
  return given
}
