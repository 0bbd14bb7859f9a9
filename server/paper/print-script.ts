/** The button that opens the printing dialogue; without scripts it is not there, and the browser's own menu does it. */
export const printButton = `(function () {
  'use strict'
  var button = document.querySelector('[data-print]')
  if (!button) return
  button.hidden = false
  button.addEventListener('click', function () {
    print()
  })
})()
`
