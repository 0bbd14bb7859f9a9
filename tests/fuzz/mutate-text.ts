/** Changes of a file as text: of a table its cells, of anything its bytes. */
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'
import { mutated, spoilt } from './mutate.ts'
import { oddTexts } from './odd-values.ts'

/** A file of JSON with other values in it, or one that is broken. */
export function mutatedJson(value: unknown, random: Random): string {
  const text = JSON.stringify(random() < 0.15 ? value : mutated(value, random)) ?? ''
  return random() < 0.15 ? Buffer.from(spoilt(text, random)).toString() : text
}

/** A table with other cells, columns or rows in it, or one that is broken. */
export function mutatedCsv(csv: string, random: Random): string {
  const separator = oneOf(random, [',', ',', ',', ';', '\t'])
  const rows = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  for (let times = wholeBetween(random, 0, 3); times > 0; times--) changeTable(rows, random)
  const text = `${rows.map((cells) => cells.join(separator)).join(oneOf(random, ['\n', '\n', '\r\n', '\r']))}\n`
  return random() < 0.15 ? brokenText(text, random) : text
}

function changeTable(rows: string[][], random: Random): void {
  const row = oneOf(random, rows)
  const at = wholeBetween(random, 0, Math.max(0, row.length - 1))
  oneOf<() => unknown>(random, [
    () => row.splice(at, 1, oneOf(random, oddTexts)),
    () => row.splice(at, 1, `"${oneOf(random, oddTexts).replaceAll('"', '""')}"`),
    () => row.splice(at, 1, ''),
    () => row.splice(at, 1),
    () => row.push(oneOf(random, oddTexts)),
    () => rows.push([...row]),
    () => rows.splice(rows.indexOf(row), 1, ...(rows.length > 1 ? [] : [row])),
    () => rows.push(...Array.from({ length: 300 }, () => [...row])),
  ])()
}

const brokenText = (text: string, random: Random): string =>
  oneOf(random, [
    text.slice(0, wholeBetween(random, 0, text.length)),
    text.replace(/[a-z]/, '"'),
    `${text}"`,
    `\ufeff\ufeff${text}`,
    text.replaceAll('\n', '\n\n'),
    '"'.repeat(5001),
    ','.repeat(20_000),
    `${text}\u0000`,
    text.replace(/\d/, '\ufffd'),
    text.repeat(40),
  ])
