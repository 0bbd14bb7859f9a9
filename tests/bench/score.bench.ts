/** How long it takes to check and to score one 25-item list: `node tests/bench/score.bench.ts [runs]`. Prints; judges nothing. */
import { answerChecker } from '../../instruments/answers.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Answers } from '../../instruments/schema.ts'
import { assess, scoreInput, type Yardstick } from '../../norms/assess.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'

const runs = Number(process.argv[2] ?? 20_000)
const { instruments, norms } = loadDefinitions()
const instrument = instruments.need('nosik@0.1.0-standin')
const yardstick: Yardstick = { instrument, tables: norms.tables.all(), bandSets: norms.bandSets }
const facts = { sex: 'female', child_age: 7 }
const items = itemsOf(instrument)

/** The answers of run `run`: every list another, each with its own open item, so that most are prorated. */
const answersOf = (run: number): Answers =>
  Object.fromEntries(items.flatMap(({ name }, index) => (index === run % 40 ? [] : [[name, 1 + ((run + index * 7) % 6)]])))

const steps = {
  check: (answers: Answers) => void answerChecker(instrument)(answers),
  'check + scores': (answers: Answers) => void assess(yardstick, answerChecker(instrument)(answers), facts),
  'check + scores + hash input': (answers: Answers) => {
    const check = answerChecker(instrument)(answers)
    for (const { scale } of assess(yardstick, check, facts)) JSON.stringify(scoreInput(yardstick, scale, check, facts))
  },
}

for (const [name, step] of Object.entries(steps)) {
  const inputs = Array.from({ length: 1000 }, (_, run) => answersOf(run))
  for (let run = 0; run < 2000; run++) step(inputs[run % inputs.length] as Answers)
  const times = Array.from({ length: runs }, (_, run) => {
    const start = process.hrtime.bigint()
    step(inputs[run % inputs.length] as Answers)
    return Number(process.hrtime.bigint() - start) / 1000
  }).sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] as number).toFixed(1)
  process.stdout.write(`${name}, ${items.length} items: median ${at(0.5)} microseconds, 99% within ${at(0.99)} (${runs} runs)\n`)
}
