/** What draws figures outside a browser: dist/figures/figures.js, built from client/figures. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Failure } from '../../failure.ts'
import type { ReportLanguage } from '../words.ts'
import type { ShownFigure } from './shown.ts'

/** A figure as SVG. All texts in it are escaped. */
export type DrawFigure = (given: { figure: ShownFigure; language: ReportLanguage }) => string

const built = fileURLToPath(new URL('../../../dist/figures/figures.js', import.meta.url))

/** Throws a Failure when it was not built. */
export async function figureDrawing(): Promise<DrawFigure> {
  if (!existsSync(built)) throw new Failure(`The figures are not built: run \`npm run build\` (looked for ${built}).`)
  const { drawFigure } = (await import(built)) as { drawFigure: DrawFigure }
  return drawFigure
}
