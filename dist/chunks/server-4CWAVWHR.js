import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-PROPSSEE.js";import"./chunk-X4WT7BAM.js";import"./chunk-RVRI3L37.js";import"./chunk-CP5NBFEY.js";import"./chunk-4SULWCMO.js";import"./chunk-DZWDNYHD.js";import"./chunk-H36CHC2F.js";import"./chunk-EFG7OBID.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
