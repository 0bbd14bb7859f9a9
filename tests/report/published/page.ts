/** The tables of a report's page as a person reads them: what stands in a cell, and the numbers that it says. */
import type { Cell } from './cells.ts'
import { rounded } from './cells.ts'

/** Texts of the cells by table, row and column; of headings a row without any. The corner and the titles of rows are not in it. */
export function tablesOfPage(page: string): Map<string, string[][]> {
  const articles = [...page.matchAll(/<article class="table" aria-labelledby="t-([^"]+)">([\s\S]*?)<\/article>/g)]
  return new Map(
    articles.map(([, id = '', article = '']) => {
      const bodies = [...article.matchAll(/<tbody>([\s\S]*?)<\/tbody>/g)].map(([, body = '']) => body)
      const rows = bodies.flatMap((body) => [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => row))
      return [id, rows.map((row) => [...row.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, text = '']) => text.replaceAll(/<[^>]*>/g, '')))]
    }),
  )
}

/** What a cell that reads `12`, `1.69`, `1.69 (0.83)`, `12 (55%)` or `0 – 8` says of a statistic; null when it says nothing of it. */
export function figureInText(text: string, statistic: Cell['statistic']): number | null {
  const [first = '', second = ''] = text.match(/-?\d+(\.\d+)?/g) ?? []
  const isSecond = statistic === 'highest' || statistic === 'percent' || (statistic === 'sd' && text.includes('('))
  const found = isSecond ? second : first
  return found === '' ? null : Number(found)
}

/** What stands on the page for this figure: as many decimals as the page has. */
export const asOnPage = (ours: number, text: string): number => rounded(ours, /\.\d/.test(text) ? 2 : 0)
