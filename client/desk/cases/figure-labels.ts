/** What a figure of the response counts, and what a family said about taking part, in words. */
export const figureLabels = {
  asked: 'figure_asked',
  sent: 'figure_sent',
  opened: 'figure_opened',
  started: 'figure_started',
  completed: 'figure_completed',
  open: 'figure_open',
  ahead: 'figure_ahead',
  'called off': 'figure_calledOff',
  expired: 'figure_expired',
  dropped: 'figure_dropped',
  missed: 'figure_missed',
  'by hand': 'figure_byHand',
} as const

export const familyLabels = {
  active: 'familyActive',
  refused: 'familyRefused',
  withdrew: 'familyWithdrew',
  nobody: 'familyNobody',
  mistake: 'familyMistake',
} as const

export const isFigure = (name: string): name is keyof typeof figureLabels => Object.hasOwn(figureLabels, name)
