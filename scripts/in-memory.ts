/** Runs Node with these words, such as those of its test runner, with temporary files in memory. */
import { spawnSync } from 'node:child_process'
import { inMemory } from './memory-folder.ts'

const { status } = spawnSync(process.execPath, process.argv.slice(2), { stdio: 'inherit', env: inMemory(process.env) })
if (status !== 0) process.exitCode = 1
