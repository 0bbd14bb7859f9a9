#!/usr/bin/env node
/**
 * Where `npx nameting` begins. JavaScript, so that compiled code is taken from its cache before there is any type to strip: what strips types
 * takes 18 MB for as long as the process lives.
 */
import { enableCompileCache, runMain } from 'node:module'
import { fileURLToPath } from 'node:url'

// The one of fast-start.ts.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/nameting', import.meta.url)))
process.argv[1] = fileURLToPath(new URL('cli.ts', import.meta.url))
runMain()
