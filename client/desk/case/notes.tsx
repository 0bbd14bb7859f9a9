import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { begin } from './doing.ts'

/** What staff noted about the family, newest first. */
export function Notes({ notes }: { notes: CaseFile['notes'] }) {
  const { say, moment } = useDesk()
  const mayNote = useMay(useStudy().id, 'enter data')
  return (
    <section className="section" aria-labelledby="notes">
      <h2 id="notes">{say('notesTitle')}</h2>
      {notes.length === 0 && <p className="quiet">{say('notesNone')}</p>}
      <ol className="notes">
        {notes.map(({ id, at, by, text }) => (
          <li key={id}>
            <p className="quiet">
              <time dateTime={at}>{moment(at)}</time>, {by ?? say('noteByNobody')}
            </p>
            <p className="note-text">{text}</p>
          </li>
        ))}
      </ol>
      {mayNote && (
        <p>
          <button type="button" className="button" onClick={() => begin('note')}>
            {say('doNote')}
          </button>
        </p>
      )}
    </section>
  )
}
