/** What a language is called in another: `tr` is Turks in Dutch. */
export const languageName = (language: string, within: string): string =>
  new Intl.DisplayNames([within], { type: 'language' }).of(language) ?? language
