/**
 * A figure of a report. Pure: the same on screen, in the page and in the PDF, with its numbers always in a table beneath it. Nothing in
 * it is styled but by attributes, since the pages allow no inline style.
 */
import type { ReactNode } from 'react'
import type { ShownFigure } from '../../server/report/output/shown.ts'
import { Agreement } from './agreement.tsx'
import { Bars } from './bars.tsx'
import { Intervals } from './intervals.tsx'
import { Label } from './label.tsx'
import { Lines } from './lines.tsx'
import { Response } from './response.tsx'
import { width } from './size.ts'
import { textIn } from './text-in.ts'
import { Trajectories } from './trajectories.tsx'
import { Transitions } from './transitions.tsx'
import { type FigureLanguage, figureWords } from './words.ts'

export interface DrawingProps {
  figure: ShownFigure
  language: FigureLanguage
}

export function Drawing({ figure, language }: DrawingProps) {
  const { drawn, height } = draw(figure, language)
  return (
    <svg
      className="drawing"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      role="img"
      aria-label={`${textIn(figure.title, language)}. ${figureWords[language].numbersBelow}`}
    >
      {drawn}
    </svg>
  )
}

/** What a kind of figure makes of its numbers; null when there is nothing to draw. */
export interface Drawn {
  drawn: ReactNode
  height: number
}

const kinds: Record<ShownFigure['kind'], (figure: ShownFigure, language: FigureLanguage) => Drawn | null> = {
  lines: Lines,
  bars: Bars,
  trajectories: Trajectories,
  transitions: Transitions,
  intervals: Intervals,
  agreement: Agreement,
  response: Response,
}

function draw(figure: ShownFigure, language: FigureLanguage): Drawn {
  const made = kinds[figure.kind](figure, language)
  if (made) return made
  const words = figureWords[language]
  const isHidden = figure.warnings.some(({ code }) => code === 'masked')
  return {
    height: 60,
    drawn: (
      <Label x={width / 2} y={30} anchor="middle" room={width}>
        {isHidden ? words.hidden : words.empty}
      </Label>
    ),
  }
}
