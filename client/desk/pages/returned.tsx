import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import type { Study } from '../api.ts'
import { studyQuery } from '../queries.ts'
import { lookAtReturned, takeReturned } from '../returned/api.ts'
import { ReturnedMails } from '../returned/returned-mails.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'

/** Mails that came back into the mailbox of the study: looked at first, then recorded. */
export function ReturnedPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const mayHandle = useMay(id, 'handle mail')
  return (
    <Page title={say('returnedTitle')} back={<Link href={at('/today')}>{say('returnedBack')}</Link>}>
      <p className="lead">{say('returnedLead')}</p>
      {mayHandle ? (
        <Fetched query={study}>{(known) => <Giving study={known} />}</Fetched>
      ) : (
        <p className="alert">{say('faultNotAllowed')}</p>
      )}
    </Page>
  )
}

function Giving({ study }: { study: Study }) {
  const { say } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const [files, setFiles] = useState<string[]>([])
  const [pasted, setPasted] = useState('')
  const mails = [...files, ...(pasted.trim() === '' ? [] : [pasted])]
  useUnsaved(pasted.trim() !== '')
  const look = useMutation({ mutationFn: (given: string[]) => lookAtReturned(id, given) })
  const taken = useMutation({
    mutationFn: (given: string[]) => takeReturned(id, given),
    onSuccess: () => {
      setPasted('')
      setFiles([])
      look.reset()
      void client.invalidateQueries()
    },
  })
  const change = (next: () => void): void => {
    next()
    look.reset()
    taken.reset()
  }
  const send = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (mails.length > 0) look.mutate(mails)
  }
  const failure = look.error ?? taken.error
  return (
    <>
      <form className="entry" onSubmit={send}>
        <label className="field">
          {say('returnedFiles')}
          <input
            type="file"
            multiple
            accept=".eml,message/rfc822,text/plain"
            onChange={({ target }) =>
              void Promise.all([...(target.files ?? [])].map((file) => file.text())).then((texts) => {
                change(() => setFiles(texts))
                if (texts.length > 0) look.mutate([...texts, ...(pasted.trim() === '' ? [] : [pasted])])
              })
            }
          />
        </label>
        <label className="field">
          {say('returnedPaste')}
          <span className="hint">{say('returnedPasteHint')}</span>
          <textarea rows={6} spellCheck={false} value={pasted} onChange={({ target }) => change(() => setPasted(target.value))} />
        </label>
        <p>
          <button type="submit" className="button" disabled={mails.length === 0} aria-disabled={look.isPending}>
            {say(look.isPending ? 'returnedLooking' : 'returnedLook')}
          </button>
        </p>
      </form>
      <div role="status">
        {look.data && (
          <ReturnedMails
            mails={look.data.mails}
            study={study}
            isBusy={taken.isPending}
            record={() => {
              if (!taken.isPending) taken.mutate(mails)
            }}
          />
        )}
        {taken.data && <ReturnedMails mails={taken.data.mails} study={study} isBusy={false} record={null} />}
      </div>
      {failure && (
        <p className="alert alert-error" role="alert">
          {say(failureText(failure))}
        </p>
      )}
    </>
  )
}

function failureText(failure: Error) {
  const code = failure instanceof ApiFailure ? failure.code : 'unexpected'
  if (code === 'body-too-large') return 'returnedTooLarge'
  if (code === 'body-invalid') return 'returnedInvalid'
  return code === 'unreachable' ? 'faultUnreachableServer' : 'faultUnexpected'
}
