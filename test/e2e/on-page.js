// What tests do inside the page, where only the browser's own words are known; put there by `hands.ts`.
{
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role="option"], [tabindex="0"]'

  /** What would be clicked: a field by its label, else the control around. */
  const controlOf = node => node.closest('label')?.control ?? node.closest(CONTROLS)

  /** What a press means for an element, and whether the focus is there. */
  const aim = node => {
    const control = controlOf(node)
    if (!control) throw new Error('this can be clicked, but not reached by the keyboard')
    const { activeElement } = document
    if (control.getAttribute('role') === 'option') {
      const list = control.closest('[role="listbox"]')
      const field = list && document.querySelector(`[role="combobox"][aria-controls="${list.id}"]`)
      return { how: 'option', there: activeElement !== null && (activeElement === list || activeElement === field) }
    }
    if (control instanceof HTMLInputElement && control.type === 'radio') {
      const isSibling = activeElement instanceof HTMLInputElement && activeElement.name === control.name
      return { how: 'radio', there: activeElement === control || isSibling }
    }
    const how = control instanceof HTMLInputElement && control.type === 'checkbox' ? 'space' : 'press'
    return { how, there: activeElement === control }
  }

  /** Whether the radio button is ticked, or the option is the current one. */
  const isChosen = node => {
    const control = controlOf(node)
    if (control instanceof HTMLInputElement) return control.checked
    // What is selected in a list that marks several is marked; the current one is what the list points at.
    const list = control?.closest('[role="listbox"]')
    const current = list?.getAttribute('aria-activedescendant')
    return current ? control?.id === current : control?.getAttribute('aria-selected') === 'true'
  }

  /** The name of an option of a menu, by its value or its name. */
  const labelOf = (node, wanted) =>
    [...node.options].find(option => option.value === wanted || option.label === wanted)?.label ?? ''

  window.addEventListener(
    'pointerdown',
    event => {
      if (event.isTrusted && event.target instanceof Element)
        globalThis.tellPointer(event.target.outerHTML.slice(0, 120))
    },
    true,
  )

  globalThis.onPage = { aim, isChosen, labelOf }
}
