/** Going over to another version: what changes is shown first, then it is done, for a reason. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../sign-in/submission.ts'
import { ReasonField } from '../study/reason-field.tsx'
import { Refused } from '../study/refused.tsx'
import { type AdoptionPreview, adopt, definitionsQuery, previewAdoption } from './api.ts'
import { differenceText } from './difference-words.ts'

export function Adopt() {
  const { say, count } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const { data: definitions } = useQuery(definitionsQuery(id))
  const { data: study } = useQuery(studyQuery(id))
  const now = study?.protocol.reference
  const asked = definitions?.instruments.map(({ reference }) => reference) ?? []
  const versions = [
    ...(definitions?.protocols.map(({ reference }) => reference) ?? []),
    ...(definitions?.instruments.filter(({ isAsked }) => isAsked).flatMap((one) => one.versions) ?? []),
  ].filter((reference) => reference !== now && !asked.includes(reference))
  const [chosen, setChosen] = useState('')
  const [day, setDay] = useState('')
  const [reason, setReason] = useState('')
  const [preview, setPreview] = useState<AdoptionPreview | null>(null)
  const [replanned, setReplanned] = useState<number | null>(null)
  const entry = { reference: chosen || (versions[0] ?? ''), from: day || (study?.now ?? '').slice(0, 10) }
  const looking = useSubmission(() => previewAdoption(id, entry), setPreview)
  const adopting = useSubmission(
    () => adopt(id, { ...entry, reason }),
    (done) => {
      setReplanned(done.replanned)
      setPreview(null)
      void client.invalidateQueries()
    },
  )
  const change = (set: () => void) => {
    set()
    setPreview(null)
  }
  return (
    <section className="section" aria-labelledby="adopt">
      <h2 id="adopt">{say('protocolAdopt')}</h2>
      {versions.length === 0 ? (
        <p className="alert">{say('protocolAdoptNone')}</p>
      ) : (
        <form className="stack" onSubmit={preview ? adopting.submit : looking.submit}>
          <p>{say('protocolAdoptLead')}</p>
          <div className="filters">
            <label className="field">
              {say('protocolAdoptVersion')}
              <select value={entry.reference} onChange={({ target }) => change(() => setChosen(target.value))}>
                {versions.map((reference) => (
                  <option key={reference}>{reference}</option>
                ))}
              </select>
            </label>
            <label className="field">
              {say('protocolAdoptFrom')}
              <input type="date" required value={entry.from} onChange={({ target }) => change(() => setDay(target.value))} />
            </label>
          </div>
          {preview && <WhatChanges preview={preview} />}
          {preview && <ReasonField reason={reason} set={setReason} />}
          <Refused failure={looking.failure ?? adopting.failure} />
          <p className="buttons">
            <button type="submit" className="button button-primary" aria-disabled={looking.isBusy || adopting.isBusy}>
              {looking.isBusy || adopting.isBusy ? say('loading') : say(preview ? 'protocolAdoptDo' : 'actionPreview')}
            </button>
          </p>
        </form>
      )}
      <p role="status">{replanned !== null && count('protocolAdoptDone', replanned)}</p>
    </section>
  )
}

const whats = {
  'changes version': 'protocolAdoptChanges',
  'is added': 'protocolAdoptAdded',
  'is cancelled': 'protocolAdoptCancelled',
} as const

function WhatChanges({ preview: { changes, lines, cases, kept, ownMailTexts } }: { preview: AdoptionPreview }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  return (
    <div className="alert" role="status">
      {changes.map(({ from, to, differences, notComparable, withoutNorm }) => (
        <div key={to}>
          <p>
            <strong>
              {from} → {to}
            </strong>
          </p>
          {differences.length === 0 && notComparable.length === 0 && <p>{say('defSame')}</p>}
          <ul>
            {differences.map((one) => (
              <li key={one.reason}>{differenceText(say, one)}</li>
            ))}
            {notComparable.map(({ id, reasons }) => (
              <li key={id}>
                {say('protocolAdoptNotComparable', { scale: id })} {reasons.map((one) => differenceText(say, one)).join('; ')}
              </li>
            ))}
          </ul>
          {withoutNorm.length > 0 && <p>{say('protocolAdoptWithoutNorm', { scales: withoutNorm.join(', ') })}</p>}
        </div>
      ))}
      {lines.length === 0 ? (
        <p>{say('protocolAdoptNothing')}</p>
      ) : (
        <>
          <p>{count('protocolAdoptLines', cases)}</p>
          <ul>
            {lines.map((line) => (
              <li key={JSON.stringify(line)}>
                {line.assignments} × {line.wave} {[line.from, line.to].filter(Boolean).join(' → ')}: {say(whats[line.what])}
              </li>
            ))}
          </ul>
        </>
      )}
      {kept > 0 && <p>{count('protocolAdoptKept', kept)}</p>}
      {ownMailTexts.length > 0 && (
        <p>
          {say('mailAdoptStands')} <Link href={at('/settings')}>{say('studyMails')}</Link>.
        </p>
      )}
    </div>
  )
}
