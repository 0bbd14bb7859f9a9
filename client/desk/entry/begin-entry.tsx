/** Before a list is typed in: how the answers came, on which day, in which language; or why it cannot be begun. */
import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'
import * as api from './api.ts'
import { DiscardEntry } from './discard-entry.tsx'
import { meansTexts } from './labels.ts'
import { TakeOver } from './take-over.tsx'

interface BeginEntryProps {
  list: api.ListToType
  place: api.Place
  onBegun(list: api.ListToType): void
}

export function BeginEntry(props: BeginEntryProps) {
  const { say, moment } = useDesk()
  const { at } = useStudy()
  const { list, place, onBegun } = props
  const [first, second] = list.entries.filter(({ state }) => state !== 'used')
  if (list.state === 'completed') return <p className="alert">{say('entryDone')}</p>
  if (first && second && first.state === 'typed' && second.state === 'typed')
    return (
      <div className="alert">
        <p>{say('entryBoth')}</p>
        <Link className="button button-primary" href={at(`/cases/${place.code}/entry/${place.assignment}/compare`)}>
          {say('entryCompare')}
        </Link>
      </div>
    )
  const busy = [second, first].find((entry) => entry && !entry.isOwn && entry.state === 'typing')
  if (first?.isOwn) return <p className="alert">{say('entryMine')}</p>
  if (first && (!first.double || second))
    return (
      <div className="alert">
        <p>{say('entryTaken', { name: busy?.by ?? say('entryBySomebody'), moment: moment(busy?.begunAt ?? first.begunAt) })}</p>
        {busy && <TakeOver place={place} pass={busy.pass} onTaken={onBegun} />}
        <DiscardEntry place={place} pass={busy?.pass ?? 1} onDiscarded={() => location.reload()} />
      </div>
    )
  return (
    <>
      <Beginning {...props} first={first} />
      {busy && <TakeOver place={place} pass={busy.pass} onTaken={onBegun} />}
    </>
  )
}

/** Refusals that are told in words of their own. */
const refusals: Partial<Record<string, 'hinderedConsent' | 'hinderedStopped' | 'hinderedRole' | 'entryDone'>> = {
  'consent-missing': 'hinderedConsent',
  'participant-stopped': 'hinderedStopped',
  'not-allowed': 'hinderedRole',
  'assignment-closed': 'entryDone',
}

function Beginning({ list, place, onBegun, first }: BeginEntryProps & { first: api.ListToType['entries'][number] | undefined }) {
  const { say, day } = useDesk()
  const [means, setMeans] = useState<api.Means>(list.usualMeans)
  const [answeredOn, setAnsweredOn] = useState(list.days.to)
  const [language, setLanguage] = useState(list.language)
  const [double, setDouble] = useState(false)
  const [reason, setReason] = useState('')
  const [failed, setFailed] = useState<ApiFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  useUnsaved(reason.trim() !== '' && !isBusy)
  const isOutside = answeredOn < list.days.from || answeredOn > list.days.to || failed?.code === 'answered-outside'
  const lacksReason = !first && list.isLate && reason.trim().length < 3

  const begin = async () => {
    if (isBusy || (!first && (isOutside || lacksReason))) return
    setBusy(true)
    try {
      const why = reason.trim() === '' ? {} : { reason: reason.trim() }
      onBegun(await api.begin(place, { means, answeredOn, language, double, ...why }))
    } catch (error) {
      setFailed(error instanceof ApiFailure ? error : new ApiFailure('unexpected'))
      setBusy(false)
    }
  }
  const known = failed && refusals[failed.code]
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      {first ? (
        <p>
          {say('entrySecondLead', {
            name: first.by ?? say('entryBySomebody'),
            means: say(meansTexts[first.means]),
            day: day(first.answeredOn),
          })}
        </p>
      ) : (
        <>
          <fieldset className="choices-of">
            <legend>{say('entryHow')}</legend>
            {(Object.keys(meansTexts) as api.Means[]).map((one) => (
              <label key={one} className="check">
                <input type="radio" name="means" checked={means === one} onChange={() => setMeans(one)} />
                {say(meansTexts[one])}
              </label>
            ))}
          </fieldset>
          <label className="field">
            {say('entryAnsweredOn')}
            <span className={isOutside ? 'error' : 'quiet'} id="days">
              {say('entryAnsweredHint', { from: day(list.days.from), to: day(list.days.to) })}
            </span>
            <input
              type="date"
              required
              min={list.days.from}
              max={list.days.to}
              value={answeredOn}
              aria-describedby="days"
              aria-invalid={isOutside || undefined}
              onChange={({ target }) => {
                setAnsweredOn(target.value)
                setFailed(null)
              }}
            />
          </label>
          {list.languages.length > 1 && (
            <label className="field">
              {say('entryLanguage')}
              <select value={language} onChange={({ target }) => setLanguage(target.value)}>
                {list.languages.map((one) => (
                  <option key={one} value={one}>
                    {languageName(one, one)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {list.isLate && (
            <label className="field">
              {say('entryReason')}
              <span className="quiet">{say('entryReasonHint')}</span>
              <input type="text" required minLength={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
            </label>
          )}
          {list.isAlwaysTwice ? (
            <p>{say('entryAlwaysTwice')}</p>
          ) : (
            <label className="check">
              <input type="checkbox" checked={double} onChange={({ target }) => setDouble(target.checked)} />
              <span>
                {say('entryDouble')} <span className="quiet">{say('entryDoubleHint')}</span>
              </span>
            </label>
          )}
        </>
      )}
      {failed && (
        <p className="alert alert-error" role="alert">
          {known
            ? say(known)
            : failed.code === 'answered-outside'
              ? say('entryAnsweredHint', { from: day(list.days.from), to: day(list.days.to) })
              : say('entryFailed')}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={isBusy}>
          {say(first ? 'entrySecond' : 'entryStart')}
        </button>
      </p>
    </form>
  )
}
