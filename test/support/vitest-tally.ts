import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { leaveTally } from './tally.ts'

/** Counts what vitest ran. A file that did not load has no tests to fail, so it counts itself. */
// oxlint-disable-next-line import/no-default-export -- vitest takes a reporter from the default export
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const broken = modules.reduce((total, module) => total + errorsOutsideTests(module), 0)
    leaveTally({
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: tests.filter((test) => test.result().state === 'failed').length + broken + unhandled.length,
      skipped: tests.filter((test) => test.result().state === 'skipped').map(describeSkip),
    })
  }
}

/** Errors of the file itself and of hooks around its groups. */
function errorsOutsideTests(module: TestModule): number {
  return module.errors().length + [...module.children.allSuites()].flatMap((suite) => suite.errors()).length
}

function describeSkip(test: TestCase): { name: string; reason: string } {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return { name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: note ?? 'no reason given' }
}
