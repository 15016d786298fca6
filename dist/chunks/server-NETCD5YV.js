import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-DVNQWZCK.js";import"./chunk-XWLLOXKP.js";import"./chunk-EYCWU2GW.js";import"./chunk-CP5NBFEY.js";import"./chunk-4SULWCMO.js";import"./chunk-DZWDNYHD.js";import"./chunk-XAG4QXNY.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
