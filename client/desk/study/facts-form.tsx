import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { linesOf } from '../opening/draft.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { ReasonField } from './reason-field.tsx'
import { Refused } from './refused.tsx'

/** What is data of the study. What somebody is typing stays when the page looks for news. */
export function FactsForm({ settings: { data, usedRegions } }: { settings: api.Settings }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const [typed, setTyped] = useState<{ title?: string; organisation?: string; contact?: string; helpLine?: string; regions?: string }>({})
  const [reason, setReason] = useState('')
  const [changed, setChanged] = useState<string[] | null>(null)
  const now = { ...data, helpLine: data.helpLine ?? '', regions: data.regions.join('\n'), ...typed }
  const { isBusy, failure, submit } = useSubmission(
    () =>
      api.change(id, {
        title: now.title,
        organisation: now.organisation,
        contact: now.contact,
        helpLine: now.helpLine.trim() === '' ? null : now.helpLine,
        regions: linesOf(now.regions),
        reason,
      }),
    (done) => {
      setChanged(done.changed)
      setTyped({})
      setReason('')
      void client.invalidateQueries()
    },
  )
  useUnsaved(Object.keys(typed).length > 0 || reason.trim() !== '')
  const field = (name: 'title' | 'organisation' | 'contact' | 'helpLine', label: string) => (
    <label className="field field-wide">
      {label}
      <input
        type="text"
        required={name !== 'helpLine'}
        maxLength={name === 'helpLine' ? 500 : 200}
        value={now[name]}
        onChange={({ target }) => {
          setTyped({ ...typed, [name]: target.value })
          setChanged(null)
        }}
      />
    </label>
  )
  const elsewhere = usedRegions.filter((region) => !linesOf(now.regions).includes(region))
  return (
    <section className="section" aria-labelledby="facts">
      <h2 id="facts">{say('studyFacts')}</h2>
      <form className="stack card" onSubmit={submit}>
        {field('title', say('studyName'))}
        {field('organisation', say('studyAsks'))}
        {field('contact', say('studyContact'))}
        {field('helpLine', say('studyHelpLine'))}
        <label className="field field-wide">
          {say('studyRegions')}
          <textarea rows={4} value={now.regions} onChange={({ target }) => setTyped({ ...typed, regions: target.value })} />
        </label>
        {elsewhere.length > 0 && <p className="quiet">{say('studyRegionsElsewhere', { regions: elsewhere.join(', ') })}</p>}
        <ReasonField reason={reason} set={setReason} />
        <Refused failure={failure} />
        <p className="buttons">
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {isBusy ? say('loading') : say('studySave')}
          </button>
        </p>
        <p role="status">{changed && say(changed.length > 0 ? 'studySaved' : 'studySame')}</p>
      </form>
    </section>
  )
}
