/** Two places, two sets of answers: the person chooses. Nothing is overwritten before that. */
import { useState } from 'react'
import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'
import type { ListSession } from './list-session.ts'

interface OtherAnswersPageProps {
  session: ListSession
  keepMine(): Promise<void>
  /** Rejects when what the server holds could not be fetched. */
  takeOther(): Promise<void>
}

export function OtherAnswersPage({ session: { engine, saver }, keepMine, takeOther }: OtherAnswersPageProps) {
  const { say, count, time } = useSpeaking()
  const [step, setStep] = useState<'choosing' | 'taking' | 'failed'>('choosing')
  const other = saver.other()
  const unseen = other?.sealed.filter((name) => !engine.sealed().includes(name)) ?? []
  const questions = (number: number) => count('questions', number)
  const here = Object.keys(engine.answers()).length + engine.sealed().length
  const there = other ? Object.keys(other.answers).length + other.sealed.length : 0

  const take = () => {
    setStep('taking')
    takeOther().catch(() => setStep('failed'))
  }
  return (
    <CalmPage
      title={say('otherTitle')}
      text={[
        say('otherLead'),
        say('otherHere', { answered: questions(here) }),
        other ? say('otherThere', { answered: questions(there), time: time(other.savedAt) }) : say('otherEmpty'),
        ...(unseen.length > 0 ? [say('otherUnseen'), say('otherRest')] : []),
      ]}
    >
      <button type="button" className="button" onClick={() => void keepMine()}>
        {say('keepMine')}
      </button>
      <button type="button" className="button" aria-disabled={step === 'taking'} onClick={() => step !== 'taking' && take()}>
        {step === 'taking' ? say('loading') : say('takeOther')}
      </button>
      {step === 'failed' && <p role="alert">{say('otherFailed')}</p>}
    </CalmPage>
  )
}
