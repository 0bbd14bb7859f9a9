import { Drawing } from '../../figures/drawing.tsx'
import { useDesk } from '../shell/language.tsx'
import { Scrolling } from '../shell/scrolling.tsx'
import type { Language, Part } from './api.ts'
import type { Place } from './number-dialog.tsx'
import { ReportTable } from './report-table.tsx'

interface ReportPartProps {
  part: Part
  language: Language
  open(place: Place): void
}

/** One table, with its figure where it has one, and all that it must be read with. */
export function ReportPart({ part, language, open }: ReportPartProps) {
  const { say } = useDesk()
  const { id, title, figure, notes, warnings, tests, standIns, counted } = part
  return (
    <article className="report-part" aria-labelledby={`table-${id}`}>
      <h3 id={`table-${id}`}>{title}</h3>
      {figure && <Drawing figure={figure} language={language} />}
      <Scrolling label={title}>
        <ReportTable part={part} open={open} />
      </Scrolling>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
      {tests.length > 0 && (
        <>
          <h4>{say('reportTests')}</h4>
          <ul>
            {tests.map((test) => (
              <li key={test}>{test}</li>
            ))}
          </ul>
        </>
      )}
      {standIns !== null && <p>{standIns}</p>}
      <details>
        <summary>{say('reportDenominators')}</summary>
        <ul>
          {counted.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
    </article>
  )
}
