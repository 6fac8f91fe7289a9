// What the explorer shows now, said in words.
PANELS.words = (panel, explorer) => {
  const element = html("p", "bp-panel bp-words");
  return { element, draw: () => write(element, explorer.words()) };
};
