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
    const passed = this.tests.filter((test) => test.outcome() === 'expected')
    leaveTally({
      passed: passed.length,
      failed: this.tests.length - passed.length - skipped.length + this.errors,
      skipped: skipped.map((test) => ({ name: test.titlePath().filter(Boolean).join(' > '), reason: reasonOf(test) })),
    })
  }

  printsToStdio(): boolean {
    return false
  }
}

function reasonOf(test: TestCase): string {
  return test.annotations.find((one) => one.type === 'skip' || one.type === 'fixme')?.description ?? 'no reason given'
}
