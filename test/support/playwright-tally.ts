import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter'
import { leaveTally } from './tally.ts'

/** Counts what Playwright ran. Errors outside of any test, such as a spec that did not load, count as failures. */
// oxlint-disable-next-line import/no-default-export -- Playwright takes a reporter from the default export
export default class PlaywrightTally implements Reporter {
  private tests: readonly TestCase[] = []
  private errors = 0

  onBegin(_config: FullConfig, suite: Suite): void {
    this.tests = suite.allTests()
  }

  onError(): void {
    this.errors += 1
  }

  onEnd(): void {
    const skipped = this.tests.filter((test) => test.outcome() === 'skipped')
    const unsteady = this.tests.filter((test) => test.outcome() === 'flaky')
    const passed = this.tests.filter((test) => test.outcome() === 'expected').length + unsteady.length
    leaveTally({
      passed,
      failed: this.tests.length - passed - skipped.length + this.errors,
      skipped: skipped.map((test) => ({ name: nameOf(test), reason: reasonOf(test) })),
      unsteady: unsteady.map(nameOf),
    })
  }

  printsToStdio(): boolean {
    return false
  }
}

function nameOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).join(' > ')
}

function reasonOf(test: TestCase): string {
  return test.annotations.find((one) => one.type === 'skip' || one.type === 'fixme')?.description ?? 'no reason given'
}
