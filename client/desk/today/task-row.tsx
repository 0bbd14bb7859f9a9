import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Study } from '../api.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { Failed } from '../sign-in/failed.tsx'
import { useUnsaved } from '../unsaved.ts'
import { finishTask, type TaskGroup } from './api.ts'
import { taskDetail } from './task-detail.ts'

const seenTo = { button: 'todayDone', why: 'todayDoneReason' } as const
/** Closing it means that it was no refusal: mail goes on. */
const takingBack = { button: 'saidNoBack', why: 'saidNoWhy' } as const

interface TaskRowProps {
  kind: string
  task: TaskGroup['rows'][number]
  study: Study
}

/** One task: about whom, since when, and the way to say that it is done. */
export function TaskRow({ kind, task, study }: TaskRowProps) {
  const { say, date } = useDesk()
  const { id, at } = useStudy()
  const [isClosing, setClosing] = useState(false)
  const mayFinish = useMay(id, 'change cases')
  const closing = kind === 'said no' ? takingBack : seenTo
  const reason = study.reasons.some((one) => one.id === task.detail)
  const page = at(`/cases/${encodeURIComponent(task.code)}`)
  return (
    <li>
      <p>
        <Link href={page}>{task.code}</Link>{' '}
        {task.role && (
          <>
            <TitleOf list={study.roles} id={task.role} /> {task.number}
          </>
        )}{' '}
        {task.wave} <span className="quiet">{say('todaySince', { day: date(task.createdAt) })}</span>
      </p>
      {task.alarm ? (
        <p>
          <Text of={task.alarm} />
        </p>
      ) : (
        task.detail && <p className="quiet">{reason ? <Text of={titleOf(study.reasons, task.detail)} /> : <Detail of={task.detail} />}</p>
      )}
      {mayFinish && kind === 'said no' && task.person !== null && (
        <p>
          <Link href={`${page}?do=stop&person=${encodeURIComponent(task.person)}`}>{say('attemptStop')}</Link>
        </p>
      )}
      {mayFinish && !isClosing && (
        <button type="button" className="button" onClick={() => setClosing(true)}>
          {say(closing.button)}
          <span className="visually-hidden">: {task.code}</span>
        </button>
      )}
      {isClosing && <Closing code={task.code} task={task.id} ask={closing.why} cancel={() => setClosing(false)} />}
    </li>
  )
}

function Detail({ of }: { of: string }) {
  const { says, quote } = taskDetail(useDesk(), of)
  return (
    <>
      {says.join(' ')} {quote && <q lang="en">{quote}</q>}
    </>
  )
}

function Closing({ code, task, ask, cancel }: { code: string; task: number; ask: 'todayDoneReason' | 'saidNoWhy'; cancel(): void }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  useUnsaved(reason.trim() !== '')
  const { isBusy, failure, submit } = useSubmission(
    () => finishTask(id, code, task, reason),
    () => void client.invalidateQueries(),
  )
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        {say(ask)}
        <span className="hint">{say('todayDoneHint')}</span>
        {/* biome-ignore lint/a11y/noAutofocus: it appears because somebody pressed the button that stood here. */}
        <input autoFocus required maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <Failed failure={failure} />
      <p className="buttons">
        <button type="submit" className="button button-primary" aria-disabled={isBusy}>
          {say('todayDoneSend')}
        </button>
        <button type="button" className="button-quiet" onClick={cancel}>
          {say('todayDoneCancel')}
        </button>
      </p>
    </form>
  )
}
