import { useMemo } from 'react'
import type { SurveyWords } from '../../survey/element-props.ts'
import type { ItemProblem } from '../../survey/view.ts'
import { useDesk } from '../shell/language.tsx'

type Desk = ReturnType<typeof useDesk>

/** The words that the renderers of lists say at the desk. `language`: that of the list, which may be another than the desk's. */
export function useSurveyWords(language: string): SurveyWords {
  const desk = useDesk()
  return useMemo(() => {
    const { say } = desk
    return {
      language,
      required: say('surveyRequired'),
      choose: say('surveyChoose'),
      clear: say('surveyClear'),
      clearOf: (number) => say('surveyClearOf', { number }),
      record: (number) => say('surveyRecord', { number }),
      addRecord: say('surveyRecordAdd'),
      removeRecord: say('surveyRecordRemove'),
      confirmRemoval: (record) => say('surveyRecordConfirm', { record }),
      removalYes: say('surveyRecordYes'),
      removalNo: say('surveyRecordNo'),
      noRecords: say('surveyRecordNone'),
      // Nothing is sealed here: what a participant began on a device is not part of this.
      sealed: '',
      answerAnew: '',
      answerAnewOf: () => '',
      replaces: '',
      problem: (problem) => problemText(problem, desk),
    }
  }, [desk, language])
}

/** What is wrong with an answer. */
export function problemText(problem: ItemProblem, { say, day, number }: Desk): string {
  switch (problem.code) {
    case 'not-a-number':
      return say('problemNumber')
    case 'too-low':
      return say('problemLow', { limit: number(problem.limit) })
    case 'too-high':
      return say('problemHigh', { limit: number(problem.limit) })
    case 'not-a-step':
      return say('problemStep', { step: number(problem.step) })
    case 'too-early':
      return say('problemEarly', { limit: day(problem.limit) })
    case 'too-late':
      return say('problemLate', { limit: day(problem.limit) })
    case 'refused':
      return say('problemRefused')
  }
}
