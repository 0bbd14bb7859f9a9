/** The answers to one list. survey-core holds them and decides what is asked; an answer hidden by a slip of the finger comes back with its question. */
import { Model, type QuestionPanelDynamicModel, type SurveyModel } from 'survey-core'
import { isRecords } from '../../instruments/records.ts'
import type { AnswerRecord, Answers, SimpleAnswer, Survey } from '../../instruments/schema.ts'
import { type AskedItem, askedItems, isGroup, moveUp } from './asked-items.ts'

export interface KeptAnswers {
  model: SurveyModel
  /** Items that are asked now, in order. */
  asked(): AskedItem[]
  find(name: string): AskedItem | undefined
  /** Goes on with other answers. */
  fill(answers: Answers): void
  set(name: string, answer: SimpleAnswer | undefined): void
  /** False when there may be no more. */
  addRecord(group: string): boolean
  /** False when there may be no fewer. */
  removeRecord(group: string, index: number): boolean
}

export function keepAnswers(survey: Survey): KeptAnswers {
  const model = new Model(survey)
  model.clearInvisibleValues = 'onHiddenContainer'
  // What may not be left open is the server's to say, at the end; until then nobody is held up by a question.
  model.validationEnabled = false
  /** The last answer to each item. */
  const remembered = new Map<string, SimpleAnswer>()
  /** The records of each group as they last were. */
  const rememberedRecords = new Map<string, AnswerRecord[]>()

  const asked = (): AskedItem[] => askedItems(model)
  const find = (name: string): AskedItem | undefined => asked().find((item) => item.name === name)
  const groups = (): QuestionPanelDynamicModel[] =>
    asked()
      .map(({ question }) => question)
      .filter(isGroup)
  const groupOf = (name: string): QuestionPanelDynamicModel | undefined => groups().find((group) => group.name === name)

  /** Answers to what is not asked may not decide about what is; survey-core lets them when they come all at once. */
  function takeAway(): void {
    const hidden = Object.keys(model.data).find((name) => find(name) === undefined)
    const inside = groups()
      .flatMap(({ panels }) => panels.flatMap(({ questions }) => questions))
      .find((inner) => !inner.isVisible && !inner.isEmpty())
    if (hidden === undefined && inside === undefined) return
    if (hidden !== undefined) model.clearValue(hidden)
    inside?.clearValue()
    takeAway()
  }

  /** An answer that comes back may bring back further questions, so this goes on until nothing moves. */
  function bringBack(): void {
    const group = groups().find(({ name, panelCount }) => panelCount === 0 && rememberedRecords.has(name))
    if (group) group.value = rememberedRecords.get(group.name)
    const back = asked().find(({ name, question }) => question.isEmpty() && remembered.has(name))
    if (!back && !group) return
    if (back) back.question.value = remembered.get(back.name)
    bringBack()
  }

  return {
    model,
    asked,
    find,
    fill(answers) {
      model.data = { ...answers }
      remembered.clear()
      rememberedRecords.clear()
      for (const [name, answer] of Object.entries(answers)) if (!isRecords(answer)) remembered.set(name, answer)
      for (const { name, question, record } of asked()) if (record && !question.isEmpty()) remembered.set(name, question.value)
      takeAway()
    },
    set(name, answer) {
      if (answer === undefined) remembered.delete(name)
      else remembered.set(name, answer)
      const item = find(name)
      if (!item) return
      for (const group of groups())
        if (group.panelCount > 0)
          rememberedRecords.set(
            group.name,
            group.value.map((record: AnswerRecord) => ({ ...record })),
          )
      if (answer === undefined) item.question.clearValue()
      else item.question.value = answer
      takeAway()
      bringBack()
    },
    addRecord(name) {
      const group = groupOf(name)
      if (!group?.canAddPanel) return false
      group.addPanel()
      return true
    },
    removeRecord(name, index) {
      const group = groupOf(name)
      if (!group?.canRemovePanel) return false
      group.removePanel(index)
      rememberedRecords.delete(name)
      moveUp(remembered, name, index)
      takeAway()
      bringBack()
      return true
    },
  }
}
