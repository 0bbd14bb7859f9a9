import { builtDirectory, type Site } from '../../server/routes/site.ts'

/** A page stub where nothing was built: tests of the API do not need the pages. */
export const withoutPages: Site = {
  directory: builtDirectory,
  respondPage: '<!doctype html><title>not built</title>',
  deskPage: '<!doctype html><title>desk</title>',
  respondStyles: [],
  scripts: {},
  drawing: async () => null,
}
