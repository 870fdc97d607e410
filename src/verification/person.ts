/** The synthetic person who stands in for materials nobody supplied. The area code 99 was never issued: no real person can match. */

export const SYNTHETIC_PERSON = { Name: '测试甲', IdentificationNumber: '990000199003070013' };

/** A JSON string, as the page prints it. */
export const ADDRESS = JSON.stringify({
  address: {
    province: { text: '浙江省', value: '330000', key: 'province' },
    city: { text: '杭州市', value: '330100', key: 'city' },
    area: { text: '西湖区', value: '330106', key: 'area' },
    town: { value: '0', key: 'town' },
  },
  detail: '测试路1号',
});

/** GB 11643: the 17th digit is odd for men. */
export const bornAs = (identificationNumber: string): 'm' | 'f' =>
  Number(identificationNumber[16]) % 2 === 0 ? 'f' : 'm';
