const OPENER = /^(?:What|Who|Whose|Whether|Where|How|Which)\b/;

/**
 * A rule of the lint: a doc comment is a sentence that a stranger can search for and read in one go. One that opens with *What*, *Who*,
 * *Whether*, *Where*, *How* or *Which* has no subject and no verb.
 */
export const docOpeners = {
  meta: {
    type: 'suggestion',
    schema: [],
    docs: { description: 'Doc comments open with their subject or verb.' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (comment.type !== 'Block' || !comment.value.startsWith('*')) continue;
          const [opener] = OPENER.exec(comment.value.replace(/^[\s*]+/, '')) ?? [];
          if (opener)
            context.report({
              loc: comment.loc,
              message: `A doc comment must not open with "${opener}": say what it is or does, subject and verb first.`,
            });
        }
      },
    };
  },
};
