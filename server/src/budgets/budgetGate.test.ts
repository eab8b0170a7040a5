import { describe, expect, it } from '@jest/globals';
import { BudgetGate, type Standing } from './budgetGate.ts';

const RULES = { burst: 1_000, perSecond: 100 };
const standing = (key: string, remaining: number): Standing => ({
  key,
  rules: RULES,
  balance: { isAllowed: false, remaining },
});

function gateOf(signed: readonly string[] = []) {
  let now = 0;
  const gate = new BudgetGate({
    isSigned: async (token) => signed.includes(token),
    isApiKey: (token) => token.startsWith('key'),
    nowMs: () => now,
  });
  return { gate, pass: (ms: number) => (now += ms) };
}

describe('the gate', () => {
  it('keeps out an address that owes, until its bucket holds what a request costs at least', async () => {
    const { gate, pass } = gateOf();
    expect(await gate.check('a', undefined)).toBeNull();
    gate.learn(standing('address:a', -80), undefined);
    expect(await gate.check('a', undefined)).toMatchObject({ ms: 1_010 });
    expect(await gate.check('b', undefined)).toBeNull();
    pass(900);
    expect(await gate.check('a', undefined)).not.toBeNull();
    pass(130);
    expect(await gate.check('a', undefined)).toBeNull();
  });

  it('stays closed to whoever keeps knocking faster than the bucket fills', async () => {
    const { gate, pass } = gateOf();
    gate.learn(standing('address:a', 0), undefined);
    for (let times = 0; times < 400; times++) {
      expect(await gate.check('a', undefined)).not.toBeNull();
      pass(5);
    }
    pass(20_000);
    expect(await gate.check('a', undefined)).toBeNull();
  });

  it('opens when the API says that there is budget again', async () => {
    const { gate } = gateOf();
    gate.learn(standing('address:a', 0), undefined);
    gate.learn(standing('address:a', 500), undefined);
    expect(await gate.check('a', undefined)).toBeNull();
  });

  it('knows accounts by their token, lets in new ones that are signed, and takes others for their address', async () => {
    const { gate } = gateOf(['of account 7', 'of account 8']);
    gate.learn(standing('account:7', 0), 'of account 7');
    gate.learn(standing('address:a', 0), undefined);
    expect(await gate.check('b', 'of account 7')).not.toBeNull();
    expect(await gate.check('a', 'of account 8')).toBeNull();
    expect(await gate.check('a', 'made up')).not.toBeNull();
    expect(await gate.check('b', 'made up')).toBeNull();
    // One that counted for an address, as while its account could not be read, is looked at anew.
    gate.learn(standing('address:a', 0), 'of account 8');
    expect(await gate.check('a', 'of account 8')).toBeNull();
  });

  it('knows API keys as it knows accounts, and lets in new ones a few times a second', async () => {
    const { gate, pass } = gateOf();
    gate.learn(standing('address:a', -100_000), undefined);
    gate.learn(standing('key:1', 500), 'key 1');
    gate.learn(standing('key:2', 0), 'key 2');
    expect(await gate.check('a', 'key 1')).toBeNull();
    expect(await gate.check('b', 'key 2')).not.toBeNull();
    expect(await gate.check('a', 'key 3')).toBeNull();
    expect(await gate.check('a', 'key 4')).not.toBeNull();
    pass(200);
    expect(await gate.check('a', 'key 4')).toBeNull();
    // One that was none, or has been revoked, counts for its address.
    gate.learn(standing('address:a', -100_000), 'key 1');
    expect(await gate.check('a', 'key 1')).not.toBeNull();
  });
});
