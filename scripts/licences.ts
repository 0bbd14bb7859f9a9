/**
 * Under which licences code may come along. All of them let anybody use, change and hand on a work that has it in it; those of MPL-2.0
 * want changes in their own files published, which we make none of. A licence that asks more (GPL, AGPL, commercial ones) needs a decision.
 */
export const allowedLicences = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0'],
  'MPL-2.0',
]

/** Whether a licence, or one of those that may be chosen from, is allowed. */
export const isAllowed = (licence: string): boolean =>
  licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((one) => allowedLicences.includes(one))

/** Packages of SurveyJS are free (MIT) but for some: these may come along. */
export const freeSurveyPackages = ['survey-core', 'survey-react-ui']
