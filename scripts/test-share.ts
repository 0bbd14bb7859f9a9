/**
 * Runs these test files in one process, which reads modules and definitions once: most tests are over sooner than a process of their own
 * would have started. As `node --test --test-isolation=none FILES`, but without following promises, see untraced.ts.
 */
import './untraced.ts'

// Not before that: what it reads of Node is kept at the first import.
const { run } = await import('node:test')
const { spec } = await import('node:test/reporters')

const tests = run({ isolation: 'none', files: process.argv.slice(2) })
tests.on('test:summary', ({ success }) => {
  if (!success) process.exitCode = 1
})
tests.compose(spec).pipe(process.stdout)
