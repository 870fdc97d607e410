/** A long name breaks between its words. */
export const breakable = (name: string) =>
  name
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[._-])/)
    .flatMap((word, index) => (index === 0 ? word : [<wbr key={index} />, word]));
