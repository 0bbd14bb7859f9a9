/** What a survey-core model asks now, as plain values, and the view of its current page. */
import type { PageModel, SurveyModel, Question as SurveyQuestion } from 'survey-core'
import type { SimpleAnswer, Survey } from '../../instruments/schema.ts'
import { type AskedItem, isGroup } from './asked-items.ts'
import { type Asked, pageView, type Reading } from './page-view.ts'
import type { PageView } from './view.ts'

interface ModelReading extends Omit<Reading, 'asked' | 'page'> {
  /** Items that are asked now, in order. */
  asked: AskedItem[]
  /** The key of a record, by the panel that it is in survey-core. */
  recordId(group: string, panel: object): string
}

/** `page`: its name; without it the page in front of the reader. */
export function viewOfPage(
  survey: Survey,
  model: SurveyModel,
  { asked, recordId, ...reading }: ModelReading,
  page = (model.currentPage as PageModel).name,
): PageView {
  return pageView(survey, { ...reading, page, asked: askedOf(model, asked, recordId) })
}

function askedOf(model: SurveyModel, asked: AskedItem[], recordId: ModelReading['recordId']): Asked {
  const groups = new Map(asked.flatMap(({ question }) => (isGroup(question) ? [[question.name, question] as const] : [])))
  return {
    items: new Map(asked.map(({ name, question }) => [name, answerOf(question)])),
    isShown: (name) => (model.getPageByName(name) ?? model.getPanelByName(name) ?? model.getQuestionByName(name))?.isVisible === true,
    records(name) {
      const group = groups.get(name)
      if (!group) return { ids: [], canAdd: false, canRemove: false, isAnswered: false }
      return {
        ids: group.panels.map((panel) => recordId(name, panel)),
        canAdd: group.canAddPanel,
        canRemove: group.canRemovePanel,
        isAnswered: !group.isEmpty(),
      }
    },
    fill: (text) => model.processText(text, true),
  }
}

const answerOf = (question: SurveyQuestion): SimpleAnswer | undefined =>
  isGroup(question) || question.isEmpty() ? undefined : (question.value as SimpleAnswer)
