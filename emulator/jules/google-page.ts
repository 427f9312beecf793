/** The pages with which Google's front ends answer what never reaches a service. */
import type { Answer } from '../server.ts'

const TITLES: Record<number, string> = {
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** An error as a page of HTML, which no client of JSON can read. */
export function googlePage(status: number, sentence: string): Answer {
  const text = `<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">
  <title>Error ${status} (${TITLES[status] ?? 'Error'})!!1</title>
  <a href=//www.google.com/><span id=logo aria-label=Google></span></a>
  <p><b>${status}.</b> <ins>That’s an error.</ins>
  <p>${sentence}  <ins>That’s all we know.</ins>
`
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, text }
}

/** What an address or a method that the API does not have is answered with. */
export function noSuchPage(path: string): Answer {
  const shown = path.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  return googlePage(404, `The requested URL <code>${shown}</code> was not found on this server.`)
}
