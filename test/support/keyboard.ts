import type { Page } from '@playwright/test'

/** A stop of the Tab key. */
export interface Stop {
  /** What it is, for a person who reads a failure. */
  readonly name: string
  /** Where it leads, should it be a link. */
  readonly href: string | null
  /** Does anything on the page look different while it has the focus? */
  readonly visible: boolean
}

/** More stops than this, and a person has lost the way. */
const most = 150

/**
 * Presses Tab from the skip link, or from the heading that it leads to, until the focus leaves `area` (or the page); answers where it
 * stopped.
 *
 * @throws when it never leaves: a trap.
 */
export async function tabThrough(page: Page, area: 'page' | 'main'): Promise<Stop[]> {
  await page.getByRole('button', { name: 'Skip to the content' }).focus()
  if (area === 'main') await page.keyboard.press('Enter')
  await page.evaluate(() =>
    document.querySelectorAll('[data-tab-stop]').forEach((one) => one.removeAttribute('data-tab-stop')),
  )
  const stops: Stop[] = []
  while (stops.length < most) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus, area)
    if (stop === null) return stops
    stops.push(stop)
  }
  const last = stops.slice(-5).map((stop) => stop.name)
  throw new Error(`Tab does not come out; its last stops were ${last.join(', ')}`)
}

/** Runs in the page. null: the focus has left the area. */
async function lookAtFocus(area: 'page' | 'main'): Promise<Stop | null> {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body || element.dataset['tabStop'] !== undefined)
    return null
  if (area === 'main' && element.closest('main') === null) return null
  element.dataset['tabStop'] = ''
  const around: Element[] = []
  for (let one: Element | null = element; one !== null && around.length < 5; one = one.parentElement) around.push(one)
  if (element.nextElementSibling !== null) around.push(element.nextElementSibling)
  const looks = () =>
    around
      .flatMap((one) => [null, '::before', '::after'].map((part) => getComputedStyle(one, part)))
      .map((style) =>
        [
          style.outline,
          style.boxShadow,
          style.borderColor,
          style.backgroundColor,
          style.clipPath,
          style.content,
        ].join(),
      )
      .join('\n')
  const settled = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  await settled()
  const focused = looks()
  // Tab goes on from here all the same.
  element.blur()
  await settled()
  return {
    name: `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}”`,
    href: element.getAttribute('href'),
    visible: focused !== looks(),
  }
}
