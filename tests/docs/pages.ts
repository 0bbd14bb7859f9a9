/** The documentation as its tests read it. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface Page {
  /** From the top of the repository, for example `docs/mail.md`. */
  path: string
  text: string
}

/** README.md and every page of docs/. */
export const allPages = (): Page[] => ['README.md', ...globSync('docs/**/*.md', { cwd: repository }).sort()].map(readPage)

export const readPage = (path: string): Page => ({ path, text: readFileSync(`${repository}/${path}`, 'utf8') })

/** What stands in code: blocks between fences or indented by four spaces, line by line, and spans between backticks. */
export function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '')
  const indented = [...proseIn(text).matchAll(/^ {4}(.*\S)$/gm)].map(([, line]) => line ?? '')
  const lines = [...blocks, indented.join('\n')].flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
  return [...lines.map((code) => code.trim()).filter((code) => code !== ''), ...spansIn(text)]
}

/** What stands between backticks within a line. */
export const spansIn = (text: string): string[] => [...proseIn(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span?.trim() ?? '')

/** All but blocks between fences. */
export const proseIn = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** The block of code with this info string (`csv`, or nothing) that comes `place`-th, from 0 on. */
export function codeBlock({ path, text }: Page, info: string, place: number): string {
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === info)
  const [, , block] = blocks[place] ?? []
  if (block === undefined) throw new Error(`${path} has no block ${place} of code called "${info}"`)
  return block
}

/** Text below a heading (any level), up to the next of the same or a higher level. */
export function section({ path, text }: Page, heading: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'))
  if (start < 0) throw new Error(`${path} has no heading "${heading}"`)
  const level = (lines[start] ?? '').indexOf(' ')
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line) && line.indexOf(' ') <= level)
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n')
}

/** Rows of the tables in a text, without heads and rules; each a list of cells. */
export const tableRows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )

const isRule = (line: string | undefined): boolean => line !== undefined && /^\|[-| ]+\|$/.test(line)

/** What stands in backticks in the first cells of rows. */
export const firstWords = (rows: string[][]): string[] => rows.flatMap(([cell]) => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? [])
