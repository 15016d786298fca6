import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-NV4OWVL5.js";import"./chunk-HFHZAMUV.js";export{b as labProfile,a as labProfiles};
