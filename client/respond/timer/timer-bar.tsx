/** The timer of whoever asks the questions: how long it ran, and a button. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useSpeaking } from '../speaking.tsx'
import { clockTime, type InterviewTimer } from './interview-timer.ts'
import './timer.css'

export function TimerBar({ timer }: { timer: InterviewTimer }) {
  const { say } = useSpeaking()
  const isRunning = useSyncExternalStore(timer.subscribe, timer.isRunning)
  const [seconds, setSeconds] = useState(timer.seconds)
  useEffect(() => {
    setSeconds(timer.seconds())
    if (!isRunning) return
    const ticking = setInterval(() => setSeconds(timer.seconds()), 1000)
    return () => clearInterval(ticking)
  }, [timer, isRunning])
  return (
    <section className="timer" aria-label={say('timer')}>
      <p>
        <span role="timer" aria-live="off" className="timer-time">
          {clockTime(seconds)}
        </span>{' '}
        {say(isRunning ? 'timerRuns' : 'timerStands')}
      </p>
      <button type="button" className="button" onClick={isRunning ? timer.pause : timer.start}>
        {say(isRunning ? 'timerPause' : seconds > 0 ? 'timerGoOn' : 'timerStart')}
      </button>
      <p className="quiet">{say('timerWhy')}</p>
    </section>
  )
}
