/** What kinds of task are called, and what there is to do. */
export const taskTexts = {
  alarm: ['task_alarm', 'taskHelp_alarm'],
  'address refused': ['task_addressRefused', 'taskHelp_addressRefused'],
  'message refused': ['task_messageRefused', 'taskHelp_messageRefused'],
  'message unknown': ['task_messageUnknown', 'taskHelp_messageUnknown'],
  'message delayed': ['task_messageDelayed', 'taskHelp_messageDelayed'],
  'message missed': ['task_messageMissed', 'taskHelp_messageMissed'],
  'case handed over': ['task_caseHandedOver', 'taskHelp_caseHandedOver'],
  'family unknown': ['task_familyUnknown', 'taskHelp_familyUnknown'],
  'said no': ['task_saidNo', 'taskHelp_saidNo'],
  'answers erased': ['task_answersErased', 'taskHelp_answersErased'],
} as const

const other = ['task_unlisted', 'taskHelp_unlisted'] as const

export const textsOfTask = (kind: string): (typeof taskTexts)[keyof typeof taskTexts] | typeof other =>
  Object.hasOwn(taskTexts, kind) ? taskTexts[kind as keyof typeof taskTexts] : other
