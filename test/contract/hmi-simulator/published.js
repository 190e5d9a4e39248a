/** What the project published of its answers: protocol notes, section 14. Values as published. */
export const G1_LIST = [
    {
        url: 'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_182208',
        date_obs: '2015-12-11T18:22:08.799999Z',
    },
    {
        url: 'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_183408',
        date_obs: '2015-12-11T18:34:08.799999Z',
    },
    {
        url: 'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_184608',
        date_obs: '2015-12-11T18:46:08.799999Z',
    },
    {
        url: 'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_185808',
        date_obs: '2015-12-11T18:58:08.799999Z',
    },
    {
        url: 'http://cluster-r730-1:8001/HMI/sharp_720s/sharp_720s_20151211_191008',
        date_obs: '2015-12-11T19:10:08.799999Z',
    },
];
const G2_FILE = 'http://cluster-r730-1:8001/HMI/sharp_cea_720s_nrt/1958485_20160119011008_';
export const G2_RECORD = {
    date__obs: '2016-01-19T01:10:08.400000Z',
    download_time: null,
    exptime: null,
    mask_cadence: null,
    nbr_update: 0,
    quality: 1024,
    recnum: 1958485,
    recnum_init: null,
    series_name: 'hmi.sharp_cea_720s_nrt',
    t_rec_index: 1010166,
    time: '2016-01-20T01:35:28.643542Z',
    type: null,
    urls: [
        `${G2_FILE}conf_disambig.fits`,
        `${G2_FILE}Bt_err.fits`,
        `${G2_FILE}Br.fits`,
        `${G2_FILE}Br_err.fits`,
        `${G2_FILE}magnetogram.fits`,
        `${G2_FILE}Bp_err.fits`,
        `${G2_FILE}bitmap.fits`,
        `${G2_FILE}Bp.fits`,
        `${G2_FILE}Dopplergram.fits`,
        `${G2_FILE}Bt.fits`,
    ],
};
export const G3_RECORD = {
    date__obs: '2015-12-11T23:34:08.799999Z',
    download_time: null,
    exptime: null,
    harpnum: 6178,
    mask_cadence: null,
    nbr_update: 0,
    quality: 0,
    recnum: 5605571,
    recnum_init: null,
    series_name: 'hmi.sharp_720s',
    t_rec_index: 1005598,
    time: '2016-01-20T05:41:33.750935Z',
    type: null,
    urls: [
        'http://cluster-r730-1:8001/HMI/hmi.sharp_720s/5605571/magnetogram.fits',
        'http://cluster-r730-1:8001/HMI/hmi.sharp_720s/5605571/bitmap.fits',
    ],
};
export const G4_META = {
    '5601499': {
        date__obs: '2015-12-11T23:34:08.800000Z',
        download_time: null,
        exptime: null,
        harpnum: 6167,
        mask_cadence: null,
        meta: {
            area: 3507.3125,
            cmask: 6423,
            distcoef: '/home/jsoc/cvs/Development/JSOC/proj/lev1.5_hmi/apps//../libs/lev15/',
        },
        nbr_update: 0,
        quality: 0,
        recnum: 5601499,
        recnum_init: null,
        series_name: 'hmi.sharp_720s',
        t_rec_index: 1005598,
        time: '2016-05-26T15:39:51Z',
        type: null,
        urls: [],
        wavelnth: 6173,
    },
};
export const PROBLEM = {
    type: 'about:blank',
    title: 'Bad Request',
    detail: "Missing query parameter 'start'",
    status: 400,
};
