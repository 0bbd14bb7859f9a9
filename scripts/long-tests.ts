/** The long tests, two files at a time. */
import { spawnSync } from 'node:child_process'
import { inMemory } from './memory-folder.ts'

const words = ['--import', './server/fast-start.ts', '--test', '--test-concurrency=2', 'tests/long/*.test.ts']
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit', env: inMemory(process.env) })
if (status !== 0) process.exitCode = 1
