import { navigate } from '../../ui/navigation.ts'
import { inAddress, useInAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { fileAddress, type Language, type Shown } from './api.ts'
import { NumberDialog, numberAt, type Place } from './number-dialog.tsx'
import { ReportPart } from './report-part.tsx'

interface ReportShownProps {
  report: string
  shown: Shown
  language: Language
  again(): void
  /** It is an earlier one: `again` goes to the latest. */
  toLatest: boolean
}

const files = { html: 'reportHtml', pdf: 'reportPdf', zip: 'reportCsv' } as const

/** All tables and figures; each number opens into what is behind it. */
export function ReportShown({ report, shown, language, again, toLatest }: ReportShownProps) {
  const { say, date } = useDesk()
  const { id } = useStudy()
  const [number, setNumber] = useInAddress('number')
  const chosen = numberAt(shown, number)
  const open = ({ table, row, column }: Place) => navigate(inAddress({ number: `${table} ${row} ${column}` }))
  return (
    <>
      <div className="card report-head">
        <p>
          {shown.about} <code>{shown.protocol}</code>
        </p>
        <p role="status">
          {shown.moment} {shown.counts}
        </p>
        {shown.warnings.map((warning) => (
          <p className="alert alert-warning" key={warning}>
            {warning}
          </p>
        ))}
        {toLatest && <p className="alert">{say('reportIsEarlier')}</p>}
        {shown.casesRemovedAt !== null && (
          <p className="alert alert-warning">{say('reportCasesRemovedLong', { date: date(shown.casesRemovedAt) })}</p>
        )}
        <ul className="quiet">
          {shown.manner.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="buttons">
          <button type="button" className="button" onClick={again}>
            {say(toLatest ? 'reportToLatest' : 'reportAgain')}
          </button>
          {(Object.keys(files) as (keyof typeof files)[]).map((file) => (
            <a key={file} className="button" href={fileAddress(id, report, file, language)} download>
              {say(files[file])}
            </a>
          ))}
        </p>
        <p className="quiet">{say('reportFilesHint')}</p>
      </div>
      <details className="report-contents">
        <summary>{say('reportContents')}</summary>
        <ul>
          {shown.sections.map((section) => (
            <li key={section.id}>
              {section.title}
              <ul>
                {section.parts.map((part) => (
                  <li key={part.id}>
                    <a href={`#table-${part.id}`}>{part.title}</a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </details>
      <p className="quiet">{say('reportNumbersHint')}</p>
      {shown.sections.map((section) => (
        <section className="section" key={section.id} aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{section.title}</h2>
          {section.parts.map((part) => (
            <ReportPart key={part.id} part={part} language={language} open={open} />
          ))}
        </section>
      ))}
      {chosen && <NumberDialog report={report} chosen={chosen} close={() => setNumber(null)} />}
    </>
  )
}
