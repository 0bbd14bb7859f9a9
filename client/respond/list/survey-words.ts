import { useMemo } from 'react'
import type { SurveyWords } from '../../survey/element-props.ts'
import type { ItemProblem } from '../../survey/view.ts'
import { type Speaking, useSpeaking } from '../speaking.tsx'

/** The words that the renderers say, in the language of the page. */
export function useSurveyWords(): SurveyWords {
  const speaking = useSpeaking()
  return useMemo(
    () => ({
      language: speaking.language,
      required: speaking.say('required'),
      choose: speaking.say('choose'),
      clear: speaking.say('clear'),
      clearOf: (number) => speaking.say('clearOf', { number }),
      record: (number) => speaking.say('record', { number }),
      addRecord: speaking.say('recordAdd'),
      removeRecord: speaking.say('recordRemove'),
      confirmRemoval: (record) => speaking.say('recordConfirm', { record }),
      removalYes: speaking.say('recordRemoveYes'),
      removalNo: speaking.say('recordRemoveNo'),
      noRecords: speaking.say('recordNone'),
      sealed: speaking.say('sealed'),
      answerAnew: speaking.say('answerAnew'),
      answerAnewOf: (number) => speaking.say('answerAnewOf', { number }),
      replaces: speaking.say('replaces'),
      problem: (problem) => problemText(problem, speaking),
    }),
    [speaking],
  )
}

function problemText(problem: ItemProblem, { say, day, language }: Speaking): string {
  const number = new Intl.NumberFormat(language)
  switch (problem.code) {
    case 'not-a-number':
      return say('problemNumber')
    case 'too-low':
      return say('problemLow', { limit: number.format(problem.limit) })
    case 'too-high':
      return say('problemHigh', { limit: number.format(problem.limit) })
    case 'not-a-step':
      return say('problemStep', { step: number.format(problem.step) })
    case 'too-early':
      return say('problemEarly', { limit: day(problem.limit) })
    case 'too-late':
      return say('problemLate', { limit: day(problem.limit) })
    case 'refused':
      return say('problemRefused')
  }
}
