import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-GX732TWW.js";import"./chunk-PWBIBG5J.js";import"./chunk-4SULWCMO.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
