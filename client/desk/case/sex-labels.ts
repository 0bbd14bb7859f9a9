/** What each sex is called; by it some norms differ. */
export const sexLabels: Record<string, 'sexFemale' | 'sexMale' | 'sexOther'> = { female: 'sexFemale', male: 'sexMale', other: 'sexOther' }
