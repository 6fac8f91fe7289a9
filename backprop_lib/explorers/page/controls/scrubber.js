// A slider that plays by itself, along steps or positions.
CONTROLS.scrubber = (control, explorer) => {
  const slider = CONTROLS.number(control, explorer);
  const { positions, name } = control;
  const at = () => nearest(positions, explorer.parameters[name]);
  const driver = drive(at, positions.length - 1, (k) => explorer.set({ [name]: positions[k] }));
  const element = html("div", "bp-control bp-player", driver.before, driver.play, driver.after, slider.element);
  return { element, draw() { slider.draw(); driver.draw(); } };
};
